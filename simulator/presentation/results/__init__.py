"""Results of simulations in sentences, tables and figures: a comparison, and every study made of it."""
