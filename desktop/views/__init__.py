"""The windows: Qt, and only here; one module for each place in the program."""
