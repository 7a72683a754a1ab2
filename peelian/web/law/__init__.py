"""Pages of the law: limits with their editions and a calculator, tables, instruments, holidays, coverage."""
