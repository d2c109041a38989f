"""Leader24: the conversations of a business's AI agents, reviewed, graded, sorted and found again."""

__version__ = "0.1.0"
