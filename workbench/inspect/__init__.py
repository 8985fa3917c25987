"""A local page with the real chat beside what was understood in each turn (`bot inspect`)."""
