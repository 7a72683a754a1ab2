"""Pages of vetting: the queue, one application to its decision, clearances, people in post without one."""
