package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timers of actors in groups: what they send is handled in turns of the group, and they keep all that Pekko says. */
final class TimersInGroupsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Systems systems = new Systems();

    private final OpenTurns turns = new OpenTurns();
    private ActorTestKit kit;
    private ManualTime time;
    private DocGroup page;
    private TestProbe<String> probe;

    @BeforeEach
    void start() {
        kit = systems.startWithManualTime(2);
        time = ManualTime.get(kit.system());
        page = Systems.background(Groups.get(kit.system())).docGroup();
        probe = kit.createTestProbe(String.class);
    }

    /** What an actor here is told: to do something with its timers. */
    private interface Deed extends Consumer<Timed> {}

    private record Timed(TimerScheduler<Object> timers, ActorContext<Object> context) {}

    /** Does what it is told, and passes on to the probe what its timers say. */
    private ActorRef<Object> spawnTimed(String name, Deed atStart) {
        Behavior<Object> behavior = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Timed timed = new Timed(timers, context);
            atStart.accept(timed);
            return Behaviors.receive(Object.class)
                    .onMessage(Deed.class, deed -> {
                        deed.accept(timed);
                        return Behaviors.same();
                    })
                    .onMessageEquals("fail", () -> {
                        throw new IllegalStateException("as told");
                    })
                    .onMessageEquals("stop", Behaviors::stopped)
                    .onMessage(String.class, text -> {
                        probe.ref().tell(text);
                        return Behaviors.same();
                    })
                    .onSignal(PreRestart.class, restart -> {
                        probe.ref().tell("restart");
                        return Behaviors.same();
                    })
                    .build();
        }));
        Behavior<Object> supervised = Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restart());
        return Systems.spawn(page, turns.watch(page, Object.class, supervised), name);
    }

    private ActorRef<Object> spawnTimed(String name) {
        return spawnTimed(name, timed -> {});
    }

    /** Has the actor do this, and waits until it has. */
    private void tell(ActorRef<Object> actor, Deed deed) {
        actor.tell(deed);
        settle();
    }

    /** Waits until the actors have handled what they were told so far. */
    private void settle() {
        Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
    }

    private void expectAfter(Duration duration, String... messages) {
        time.timePasses(duration);
        for (String message : messages) {
            probe.expectMessage(message);
        }
        settle();
        probe.expectNoMessage(Duration.ZERO);
    }

    @Test
    void singleTimer_expiresOnce() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> timed.timers.startSingleTimer("expired", SECOND));
        expectAfter(Duration.ofMillis(999));
        expectAfter(Duration.ofMillis(1), "expired");
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }

    @Test
    void periodicTimers_goOn_untilTheyAreCancelled() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> {
            timed.timers.startTimerWithFixedDelay("delay", "delay", SECOND.multipliedBy(2), SECOND.multipliedBy(3));
            timed.timers.startTimerAtFixedRate("rate", "rate", Duration.ofMillis(500), SECOND.multipliedBy(4));
        });
        expectAfter(SECOND.multipliedBy(3), "rate", "delay");
        expectAfter(SECOND.multipliedBy(3), "rate", "delay");
        tell(actor, timed -> {
            assertThat(timed.timers.isTimerActive("rate")).isTrue();
            timed.timers.cancel("rate");
        });
        expectAfter(SECOND.multipliedBy(6), "delay", "delay");
        tell(actor, timed -> timed.timers.cancelAll());
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }

    @Test
    void expiredTimers_waitForTheirGroup() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> {
            timed.timers.startTimerWithFixedDelay("delay", SECOND);
            timed.context.scheduleOnce(SECOND.multipliedBy(2), actor, "once");
        });
        Gate gate = systems.occupy(page.tabGroup());
        for (int i = 0; i < 3; i++) {
            time.timePasses(SECOND);
        }
        Systems.runThrough(Systems.background(Groups.get(kit.system())).docGroup(), TaskCategory.OTHER);
        probe.expectNoMessage(Duration.ZERO);
        gate.open();
        assertThat(probe.receiveSeveralMessages(4)).containsOnlyOnce("once").contains("delay");
        settle();
        probe.expectNoMessage(Duration.ZERO);
        turns.assertFaultless();
    }

    @Test
    void replacedTimer_isNotHeardOf_evenIfItHasExpired() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> {
            timed.timers.startSingleTimer("key", "old", SECOND);
            timed.timers.startSingleTimer("cancelled", "cancelled", SECOND);
        });
        Gate gate = systems.occupy(page);
        Deed replace = timed -> {
            timed.timers.startSingleTimer("key", "new", SECOND);
            timed.timers.cancel("cancelled");
        };
        actor.tell(replace);
        time.timePasses(SECOND);
        gate.open();
        settle();
        probe.expectNoMessage(Duration.ZERO);
        expectAfter(SECOND, "new");
        turns.assertFaultless();
    }

    @Test
    void restart_cancelsTimers_evenThoseThatHaveExpired() {
        List<String> starts = new ArrayList<>();
        ActorRef<Object> actor = spawnTimed("actor", timed -> {
            starts.add("start");
            timed.timers.startSingleTimer("start", "start " + starts.size(), SECOND.multipliedBy(2));
        });
        settle();
        tell(actor, timed -> {
            timed.timers.startTimerAtFixedRate("periodic", SECOND);
            timed.timers.startSingleTimer("single", SECOND);
        });
        Gate gate = systems.occupy(page);
        actor.tell("fail");
        // Both messages are in the mailbox then, behind the failure.
        time.timePasses(SECOND);
        gate.open();
        probe.expectMessage("restart");
        expectAfter(SECOND.multipliedBy(2), "start 2");
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }

    @Test
    void stop_cancelsTimers() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> {
            timed.timers.startTimerWithFixedDelay("periodic", SECOND);
            timed.context.setReceiveTimeout(SECOND, "idle");
        });
        expectAfter(Duration.ofMillis(1));
        actor.tell("stop");
        probe.expectTerminated(actor, Duration.ofSeconds(5));
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }

    @Test
    void receiveTimeout_comesAfterSilence_untilItIsCancelled() {
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> timed.context.setReceiveTimeout(SECOND, "idle"));
        expectAfter(Duration.ofMillis(800));
        actor.tell("message");
        probe.expectMessage("message");
        settle();
        expectAfter(Duration.ofMillis(800));
        expectAfter(Duration.ofMillis(200), "idle");
        expectAfter(SECOND, "idle");
        tell(actor, timed -> timed.context.cancelReceiveTimeout());
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }

    @Test
    void scheduleOnce_reachesActorsOfOtherGroups_andCanBeCancelled() {
        SchedulerGroup other = Systems.foreground(Groups.get(kit.system())).docGroup();
        ActorRef<String> receiver = Systems.spawn(
                other,
                turns.watch(other, String.class, Behaviors.receiveMessage(message -> {
                    probe.ref().tell("other " + message);
                    return Behaviors.same();
                })),
                "receiver");
        ActorRef<Object> actor = spawnTimed("actor");
        tell(actor, timed -> {
            timed.context.scheduleOnce(SECOND, receiver, "once");
            timed.context.scheduleOnce(SECOND, receiver, "never").cancel();
        });
        expectAfter(Duration.ofMillis(999));
        expectAfter(Duration.ofMillis(1), "other once");
        expectAfter(Duration.ofHours(1));
        turns.assertFaultless();
    }
}
