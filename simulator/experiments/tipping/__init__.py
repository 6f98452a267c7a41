"""Where it tips over: in which of many futures an option is worse than the rules as they are, and in how many each target is met."""
