"""The Vietnamese language: text in, text and plain values out; standard library only.

Text from outside: ``legacy``, ``detection`` and ``reconversion`` for old letters, ``cleaning``.
Comparing: ``folding`` for search and look-alikes, ``collation`` for order, ``syllables`` for both.
Values: ``names``, ``dates``, ``money``, ``identity``, ``decisions``; ``unreadable`` says why not.
Writing: ``numerals``; ``official_date``, ``format_money`` and their like stand with the values.
"""
