"""Pages of recommendations: the one that anybody reads, and those of the people who keep them."""
