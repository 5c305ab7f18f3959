"""Commands of `panding` beyond judging: each module adds its own to the parser. What is heavy is imported where it is used."""
