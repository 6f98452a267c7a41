"""What a list can show at all: planted lists, in which it is known how awards were given, and how often each test raises an alarm."""
