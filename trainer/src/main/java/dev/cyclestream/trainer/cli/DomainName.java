package dev.cyclestream.trainer.cli;

/** The name of a domain, for people. */
record DomainName(String value) {

    DomainName {
        if (!value.matches("(?=.*\\S)[^\\p{Cntrl}]{1,100}")) {
            throw new IllegalArgumentException("expected 1 to 100 letters in one line, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
