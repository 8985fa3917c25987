"""What several commands of the workbench use."""
