package dev.peili.actors;

import java.time.Duration;
import java.util.Optional;

/** How often a group has been restarted in a row, and so for how long it has to wait. Not thread-safe. */
final class Restarts {
    private int inARow;
    private long lastNanos;

    /**
     * Another restart is due.
     *
     * @param nowNanos the present time
     * @param random from 0 to 1
     * @return the pause before it; empty if there were too many
     */
    Optional<Duration> next(TaskSupervision.Restart setting, long nowNanos, double random) {
        if (inARow > 0 && nowNanos - lastNanos >= setting.resetAfter().toNanos()) {
            inARow = 0;
        }
        if (setting.maxRestarts() >= 0 && inARow >= setting.maxRestarts()) {
            return Optional.empty();
        }
        Duration pause = setting.minBackoff();
        for (int i = 0; i < inARow && pause.compareTo(setting.maxBackoff()) < 0; i++) {
            pause = pause.isZero() ? setting.maxBackoff() : pause.multipliedBy(2);
        }
        pause = pause.compareTo(setting.maxBackoff()) > 0 ? setting.maxBackoff() : pause;
        long nanos = (long) (pause.toNanos() * (1 + random * setting.randomFactor()));
        inARow++;
        // Quiet time is counted from when the group goes on.
        lastNanos = nowNanos + nanos;
        return Optional.of(Duration.ofNanos(nanos));
    }
}
