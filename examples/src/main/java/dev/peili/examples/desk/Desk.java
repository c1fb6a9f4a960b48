package dev.peili.examples.desk;

import dev.peili.mirroring.Canonical;
import dev.peili.mirroring.Mirroring;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Publishes the quotes of a day as fast as it can, without asking who is able to follow. */
final class Desk {
    /** It is time for the next turn. */
    enum Tick {
        TICK
    }

    private Desk() {}

    /** Publishes to mirrors. */
    static Behavior<Tick> mirrored(List<ActorRef<Void>> viewers, Day day) {
        return Mirroring.setup((context, mirroring) -> {
            Quote opening = Quote.ofTurn(0);
            Canonical<Figure> bid = mirroring.canonical("bid", opening.bid());
            Canonical<Figure> ask = mirroring.canonical("ask", opening.ask());
            Canonical<Figure> last = mirroring.canonical("last", opening.last());
            Canonical<Figure> volume = mirroring.canonical("volume", opening.volume());
            for (ActorRef<Void> viewer : viewers) {
                bid.connect(viewer, Viewer.BID);
                ask.connect(viewer, Viewer.ASK);
                last.connect(viewer, Viewer.LAST);
                volume.connect(viewer, Viewer.VOLUME);
            }
            return ticking(context, day, quote -> {
                bid.set(quote.bid());
                ask.set(quote.ask());
                last.set(quote.last());
                volume.set(quote.volume());
            });
        });
    }

    /** Sends a message for each turn. */
    static Behavior<Tick> telling(List<ActorRef<Quote>> viewers, Day day) {
        return Behaviors.setup(context -> {
            viewers.forEach(viewer -> viewer.tell(Quote.ofTurn(0)));
            return ticking(context, day, quote -> viewers.forEach(viewer -> viewer.tell(quote)));
        });
    }

    private static Behavior<Tick> ticking(ActorContext<Tick> context, Day day, Consumer<Quote> publication) {
        return Behaviors.receiveMessage(tick -> {
            publication.accept(day.next());
            if (day.hasNext()) {
                context.getSelf().tell(Tick.TICK);
            }
            return Behaviors.same();
        });
    }
}
