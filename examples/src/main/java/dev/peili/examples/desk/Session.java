package dev.peili.examples.desk;

import dev.peili.examples.PeiliSystem;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;

/** One day of a desk with several viewers, one of which is slow. */
final class Session {
    static final int VIEWERS = 4;
    /** How long the slow viewer takes for a line. */
    static final Duration EFFORT = Duration.ofMillis(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 500_000;
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final Way way;
    private final Day day;
    private final List<Display> displays;
    private long mostWaiting;

    Session(Way way, long turns) {
        this.way = way;
        this.day = new Day(turns);
        this.displays = IntStream.rangeClosed(1, VIEWERS)
                .mapToObj(
                        i -> new Display("viewer-" + i, i == VIEWERS ? EFFORT : Duration.ZERO, Math.max(1, turns / 2)))
                .toList();
    }

    /** @param progress hears now and then which turn it is */
    Outcome run(LongConsumer progress) {
        try (PeiliSystem system = PeiliSystem.start("desk")) {
            ActorRef<Desk.Tick> desk = way.open(system, displays, day);
            await(() -> displays.stream().allMatch(display -> display.lines().rendered() > 0), () -> {});
            long before = heap();
            long start = System.nanoTime();
            desk.tell(Desk.Tick.TICK);
            await(day::isOver, () -> {
                look(system);
                progress.accept(day.turn());
            });
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            look(system);
            long after = heap();
            if (way == Way.MIRRORS) {
                await(() -> displays.stream().allMatch(this::showsTheLast), () -> look(system));
            }
            // Now, because the end of the desk is a change of the mirrors, too.
            List<Lines> viewers = displays.stream().map(Display::lines).toList();
            return new Outcome(day.turns(), time, viewers, mostWaiting, after - before);
        }
    }

    private boolean showsTheLast(Display display) {
        return display.lines().last().turn() == day.turns();
    }

    /** What is in use by all that can be reached. */
    private static long heap() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    private void look(PeiliSystem system) {
        Display slow = displays.get(VIEWERS - 1);
        long rendered = slow.lines().rendered();
        long sent = way.sent(system, slow, day);
        if (slow.lines().rendered() == rendered) {
            // Nothing was rendered in between, so the two numbers belong together.
            mostWaiting = Math.max(mostWaiting, sent - rendered);
        }
    }

    private void await(BooleanSupplier condition, Runnable meanwhile) {
        long progressed = System.nanoTime();
        for (long turn = day.turn(); !condition.getAsBoolean(); ) {
            if (day.turn() != turn) {
                turn = day.turn();
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
                throw new IllegalStateException("nothing has happened for so long: " + PATIENCE);
            }
            meanwhile.run();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
