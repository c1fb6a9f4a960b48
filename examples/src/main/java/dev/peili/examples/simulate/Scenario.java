package dev.peili.examples.simulate;

import dev.peili.testkit.ScheduleBody;
import dev.peili.testkit.Simulation;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** A dashboard is opened while prices come in; in the end it has to show the last one, whatever the order of the steps. */
final class Scenario implements ScheduleBody {
    private static final String SHARE = "PEILI";
    private static final List<Price> PRICES = LongStream.of(98_40, 98_15, 98_60, 99_05, 98_90, 99_35, 99_80, 101_25)
            .mapToObj(cents -> new Price(SHARE, cents))
            .toList();

    /** How a dashboard is made. */
    @FunctionalInterface
    interface Kind {
        Behavior<Price> create(String share, ActorRef<Cache.Command> cache, Consumer<Price> display);
    }

    private final Kind dashboard;

    Scenario(Kind dashboard) {
        this.dashboard = dashboard;
    }

    @Override
    public void run(Simulation simulation) {
        AtomicReference<Price> shown = new AtomicReference<>();
        ActorRef<Cache.Command> cache = simulation.spawn(Cache.create(PRICES.subList(0, 1)), "cache");
        simulation.spawn(Feed.create(cache, PRICES.subList(1, PRICES.size())), "feed");
        simulation.spawn(dashboard.create(SHARE, cache, shown::set), "dashboard");

        simulation.runUntilIdle();

        Price last = PRICES.get(PRICES.size() - 1);
        if (!last.equals(shown.get())) {
            throw new AssertionError("the dashboard shows " + shown.get() + ", but the last price is " + last);
        }
    }
}
