"""What arrives: taking it in word for word, who answers for it, what a person decides that it is."""
