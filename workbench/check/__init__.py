"""The command `script/bot check`: mistakes in answers, rules and training data, found without training."""
