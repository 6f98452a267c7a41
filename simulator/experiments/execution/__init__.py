"""Who computes a plan: this process, several, or the workers of a scheduler; side by side or one by one; with the same results to the last bit."""
