package dev.peili.ipc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Where the two sides of a channel are; the parent's side and the test are always in this process. */
final class Stage implements AutoCloseable {
    /** How far the sides are from each other. */
    enum Distance {
        ONE_SYSTEM,
        TWO_SYSTEMS,
        TWO_PROCESSES
    }

    private final ActorTestKit parents;
    private final ActorRef<Theatre.PutUp> parentTheatre;
    private ActorRef<Theatre.PutUp> childTheatre;
    private final @Nullable ActorTestKit children;
    private @Nullable SecondProcess process;

    private Stage(
            ActorTestKit parents,
            ActorRef<Theatre.PutUp> parentTheatre,
            ActorRef<Theatre.PutUp> childTheatre,
            @Nullable ActorTestKit children,
            @Nullable SecondProcess process) {
        this.parents = parents;
        this.parentTheatre = parentTheatre;
        this.childTheatre = childTheatre;
        this.children = children;
        this.process = process;
    }

    /**
     * Puts it up.
     *
     * @param settings of the section {@code peili.ipc}, each as {@code key=value}
     */
    static Stage open(Distance distance, String... settings) {
        List<String> lines = new ArrayList<>();
        for (String setting : settings) {
            lines.add("peili.ipc." + setting);
        }
        Config given = ConfigFactory.parseString(String.join("\n", lines));
        if (distance == Distance.TWO_PROCESSES) {
            return between(SecondProcess.start(lines), lines);
        }
        Config own = given.withFallback(ConfigFactory.load());
        ActorTestKit kit = ActorTestKit.create(own);
        ActorRef<Theatre.PutUp> theatre = kit.spawn(Theatre.create(), "theatre");
        if (distance == Distance.ONE_SYSTEM) {
            return new Stage(kit, theatre, theatre, null, null);
        }
        ActorTestKit second = ActorTestKit.create("second", own);
        return new Stage(kit, theatre, second.spawn(Theatre.create(), "theatre"), second, null);
    }

    /** The second process is there; the settings are for this one. */
    static Stage between(SecondProcess second, List<String> settings) {
        ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString(String.join("\n", settings))
                .withFallback(PuppetProcess.remoting())
                .withFallback(ConfigFactory.load()));
        return new Stage(kit, kit.spawn(Theatre.create(), "theatre"), second.theatre(kit.system()), null, second);
    }

    /** Goes on with another second process. */
    void goOnWith(SecondProcess next) {
        process = next;
        childTheatre = next.theatre(parents.system());
    }

    ActorTestKit kit() {
        return parents;
    }

    SecondProcess secondProcess() {
        return Objects.requireNonNull(process);
    }

    /** Opens a new channel. */
    Play play() {
        return play(false);
    }

    /**
     * The same.
     *
     * @param choosesForMessages whether the sides choose targets of single messages
     */
    Play play(boolean choosesForMessages) {
        TestProbe<Event> audience = parents.createTestProbe(Event.class);
        Theatre.Ready parent = putUp(parentTheatre, Side.PARENT, choosesForMessages, null, audience);
        Theatre.Ready child = putUp(childTheatre, Side.CHILD, choosesForMessages, parent.channel(), audience);
        Play play = new Play(audience, parent.orders(), child.orders());
        play.await(Side.PARENT, PuppetSide.TOP, "constructed");
        play.await(Side.CHILD, PuppetSide.TOP, "constructed");
        return play;
    }

    private Theatre.Ready putUp(
            ActorRef<Theatre.PutUp> theatre,
            Side side,
            boolean choosesForMessages,
            @Nullable ActorRef<Channel.Command> listener,
            TestProbe<Event> audience) {
        TestProbe<Theatre.Ready> ready = parents.createTestProbe(Theatre.Ready.class);
        theatre.tell(new Theatre.PutUp(side, choosesForMessages, listener, audience.ref(), ready.ref()));
        return ready.receiveMessage(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        parents.shutdownTestKit();
        if (children != null) {
            children.shutdownTestKit();
        }
        if (process != null) {
            process.end();
        }
    }
}
