package dev.cyclestream.rollout;

/** The part that a checkpoint plays in a split. */
public enum Role {
    /** Translates everything that is not the candidate's. */
    STABLE("stable"),
    /** A newer one on trial, which translates its share of the keys. */
    CANDIDATE("candidate"),
    /** The candidate, where its results go to a topic of their own beside those of the stable one. */
    SHADOW("shadow");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** In provenance, metrics and tables. */
    @Override
    public String toString() {
        return text;
    }
}
