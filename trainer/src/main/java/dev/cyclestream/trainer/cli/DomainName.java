package dev.cyclestream.trainer.cli;

/** What people call a domain. */
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
