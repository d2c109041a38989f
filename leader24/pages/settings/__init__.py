"""The pages on which the business, its channels and its team are set up: one module for each."""
