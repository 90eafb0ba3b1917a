"""Vietnam's time zone, alone: whoever only tells the time need not load how dates are read."""

from datetime import timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07")
"""Asia/Ho_Chi_Minh: UTC+7 all the year, no summer time."""
