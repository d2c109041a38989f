"""How much the long tests do: little enough for every run. A soak raises these before it imports the tests."""

RANDOM_QUERIES = 1500

SEARCHING_THREADS = 4
SEARCHES_OF_A_THREAD = 150
COMMITS_MEANWHILE = 40

SCANNED_SEEDS = 6
SCANNED_ROUNDS = 30
SCANNED_QUERIES = 10  # a round

KILLED_WRITERS = 6
KILLED_REBUILDS = 2
KILLED_AFTER = 12  # commits, at most
