"""Look-alikes: initiatives that may be the same, each found for a reason that is said."""
