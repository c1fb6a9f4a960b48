package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** A channel whose two sides take orders, and what has been seen of it. */
final class Play {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestProbe<Event> audience;
    private final ActorRef<Order> parent;
    private final ActorRef<Order> child;
    private final List<Event> seen = new ArrayList<>();

    Play(TestProbe<Event> audience, ActorRef<Order> parent, ActorRef<Order> child) {
        this.audience = audience;
        this.parent = parent;
        this.child = child;
    }

    /** Has an actor of a side do this in one turn; without a name, the side itself. */
    void order(Side side, String actor, Deed... deeds) {
        (side == Side.PARENT ? parent : child).tell(new Order(actor, List.of(deeds)));
    }

    void parent(String actor, Deed... deeds) {
        order(Side.PARENT, actor, deeds);
    }

    void child(String actor, Deed... deeds) {
        order(Side.CHILD, actor, deeds);
    }

    /** Waits until this has been seen, and returns it. */
    Event await(Side side, String actor, String what) {
        return await(
                event -> event.side() == side
                        && event.actor().equals(actor)
                        && event.what().equals(what),
                side + " " + actor + " " + what);
    }

    Event awaitStart(Side side, String actor, String startOfWhat) {
        return await(
                event -> event.side() == side
                        && event.actor().equals(actor)
                        && event.what().startsWith(startOfWhat),
                side + " " + actor + " " + startOfWhat + "...");
    }

    Event await(Predicate<Event> condition, String name) {
        for (Event event : seen) {
            if (condition.test(event)) {
                return event;
            }
        }
        while (true) {
            Event next;
            try {
                next = audience.receiveMessage(PATIENCE);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "not seen: " + name + "; seen so far:\n"
                                + String.join(
                                        "\n", seen.stream().map(Event::toString).toList()),
                        e);
            }
            seen.add(next);
            if (condition.test(next)) {
                return next;
            }
        }
    }

    private void seeNext(Duration patience) {
        try {
            seen.add(audience.receiveMessage(patience));
        } catch (AssertionError nothing) {
            assertThat(nothing).hasMessageContaining("Timeout");
        }
    }

    /** Does something again and again until this has been seen. */
    void doUntil(Runnable action, Side side, String actor, Predicate<String> what) {
        long end = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
        while (System.nanoTime() < end) {
            action.run();
            long next = System.nanoTime() + Duration.ofMillis(200).toNanos();
            while (System.nanoTime() < next) {
                seeNext(Duration.ofMillis(50));
            }
            if (of(side, actor).stream().anyMatch(what)) {
                return;
            }
        }
        throw new AssertionError("not seen of " + side + " " + actor + ", but " + of(side, actor));
    }

    /** Everything seen so far of one actor of a side, in order. */
    List<String> of(Side side, String actor) {
        return seen.stream()
                .filter(event -> event.side() == side && event.actor().equals(actor))
                .map(Event::what)
                .toList();
    }

    /** In which event targets an actor was seen. */
    List<String> targetsOf(Side side, String actor) {
        return seen.stream()
                .filter(event -> event.side() == side
                        && event.actor().equals(actor)
                        && !event.what().startsWith("chosen"))
                .map(Event::target)
                .distinct()
                .toList();
    }

    List<Event> seen() {
        return seen;
    }
}
