package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.EVENTS;
import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events of producers: in order, after the state of their turn, none conflated. */
final class EventsTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private static final Pattern EVENT = Pattern.compile("event (\\d+) at (\\d+)");

    private final ActorTestKit kit = KITS.kit();
    private final Viewer viewer = new Viewer(kit);
    private final Owner owner = new Owner(kit);

    @Test
    void connect_holdsFromTheNextEventOfTheSameTurn() {
        owner.turn(scope -> {
            owner.events().fire(1);
            owner.events().connect(viewer.ref, EVENTS);
            owner.events().connect(viewer.ref, EVENTS);
            owner.events().fire(2);
        });
        viewer.seen.expectMessage("event 2 at -1 NEVER_CONNECTED");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m2_event_isHandledWithTheStateOfItsTurn() {
        owner.turn(scope -> {
            owner.events().connect(viewer.ref, EVENTS);
            owner.events().fire(1);
            owner.number().connect(viewer.ref, NUMBER);
            owner.number().set(7);
        });
        viewer.seen.expectMessage("7");
        viewer.seen.expectMessage("event 1 at 7");
    }

    @Test
    void events_areInOrderAndNoneIsConflated() {
        owner.turn(scope -> {
            owner.number().connect(viewer.ref, NUMBER);
            owner.events().connect(viewer.ref, EVENTS);
        });
        for (int i = 1; i <= 1_000; i++) {
            int value = i;
            owner.ref.tell(new Do(scope -> {
                owner.number().set(value);
                owner.events().fire(value);
            }));
        }
        int expected = 1;
        while (expected <= 1_000) {
            String seen = viewer.seen.receiveMessage();
            if (seen.startsWith("event")) {
                Matcher words = EVENT.matcher(seen);
                assertThat(words.matches()).isTrue();
                assertThat(Integer.parseInt(words.group(1))).isEqualTo(expected);
                assertThat(Integer.parseInt(words.group(2))).isGreaterThanOrEqualTo(expected);
                expected++;
            }
        }
    }

    @Test
    void disconnectInTheHandler_stopsTheSecondEventThatIsQueued() {
        TestProbe<Integer> seen = kit.createTestProbe();
        List<Listener<Integer>> listener = new ArrayList<>();
        var once =
                kit.spawn(Puppet.create(scope -> listener.add(scope.mirroring().listener(EVENTS, event -> {
                    seen.ref().tell(event);
                    listener.get(0).disconnect();
                }))));
        owner.turn(scope -> {
            owner.events().connect(once, EVENTS);
            owner.events().fire(1);
            owner.events().fire(2);
        });
        seen.expectMessage(1);
        seen.expectNoMessage(Duration.ofMillis(50));
        Kits.await(
                "departure", () -> owner.<Boolean>ask(scope -> !owner.events().hasListeners()));
    }

    @Test
    void disconnectByTheOwner_letsArriveWhatWasFiredBefore() {
        CountDownLatch gate = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> Kits.await(gate)));
        owner.turn(scope -> {
            owner.events().connect(viewer.ref, EVENTS);
            owner.events().fire(1);
        });
        owner.turn(scope -> {
            owner.events().fire(2);
            owner.events().disconnectAll();
            owner.events().fire(3);
        });
        gate.countDown();
        viewer.seen.expectMessage("event 1 at -1 NEVER_CONNECTED");
        viewer.seen.expectMessage("event 2 at -1 NEVER_CONNECTED");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void disconnect_releasesTheCallback() {
        List<Listener<Integer>> listener = new ArrayList<>();
        var puppet = kit.spawn(Puppet.create());
        WeakReference<Object> captured = captured(puppet, listener);
        owner.turn(scope -> owner.events().connect(puppet, EVENTS));
        turn(puppet, scope -> listener.get(0).disconnect());
        Kits.await("collection", () -> {
            System.gc();
            return captured.get() == null;
        });
    }

    private static WeakReference<Object> captured(
            org.apache.pekko.actor.typed.ActorRef<Do> puppet, List<Listener<Integer>> listener) {
        Object state = new Object();
        WeakReference<Object> reference = new WeakReference<>(state);
        turn(puppet, listening(state, listener));
        return reference;
    }

    private static Puppet.Deed listening(Object state, List<Listener<Integer>> listener) {
        return scope -> listener.add(scope.mirroring().listener(EVENTS, event -> System.identityHashCode(state)));
    }

    @Test
    void m7_turnThatThrows_firesNothing() {
        owner.turn(scope -> owner.events().connect(viewer.ref, EVENTS));
        owner.turn(scope -> {
            owner.events().fire(1);
            throw new Blunder();
        });
        owner.turn(scope -> owner.events().fire(2));
        viewer.seen.expectMessage("event 2 at -1 NEVER_CONNECTED");
    }

    @Test
    void listener_hearsSeveralProducers() {
        Owner second = new Owner(kit);
        owner.turn(scope -> owner.events().connect(viewer.ref, EVENTS));
        second.turn(scope -> second.events().connect(viewer.ref, EVENTS));
        owner.turn(scope -> owner.events().fire(1));
        viewer.seen.expectMessage("event 1 at -1 NEVER_CONNECTED");
        second.turn(scope -> second.events().fire(2));
        viewer.seen.expectMessage("event 2 at -1 NEVER_CONNECTED");
    }

    @Test
    void m6_producersActorStops_theListenerIsToldAfterItsEvents() {
        TestProbe<String> seen = kit.createTestProbe();
        var listening = kit.spawn(Puppet.create(scope -> {
            Listener<Integer> made =
                    scope.mirroring().listener(EVENTS, event -> seen.ref().tell("event " + event));
            scope.mirroring().watch(() -> seen.ref().tell("connected " + made.isConnected()), made);
        }));
        owner.turn(scope -> owner.events().connect(listening, EVENTS));
        seen.expectMessage("connected true");
        owner.turn(scope -> owner.events().fire(1));
        seen.expectMessage("event 1");
        kit.stop(owner.ref);
        seen.expectMessage("connected false");
    }
}
