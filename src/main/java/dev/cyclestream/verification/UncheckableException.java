package dev.cyclestream.verification;

import dev.cyclestream.verification.Verdict.Obstacle;

/** An output that cannot be made again here and now. */
final class UncheckableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Obstacle obstacle;

    UncheckableException(Obstacle obstacle) {
        super(obstacle.toString());
        this.obstacle = obstacle;
    }

    Obstacle obstacle() {
        return obstacle;
    }
}
