package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Pekko's actors can do, they can do with mirrors. */
final class PekkoFeaturesTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Viewer viewer = new Viewer(kit);
    private final TestProbe<String> told = kit.createTestProbe();

    sealed interface Command {
        record Start() implements Command {}

        record Add(int number) implements Command {}

        record Fail() implements Command {}

        record Open() implements Command {}

        record Idle() implements Command {}

        record Answer(String text) implements Command {}

        record Gone() implements Command {}
    }

    @Test
    void timers_fireInTurns() {
        kit.spawn(Mirroring.<Command>setup((context, mirroring) -> Behaviors.withTimers(timers -> {
            Canonical<Integer> number = mirroring.canonical("number", 0);
            number.connect(viewer.ref, NUMBER);
            timers.startTimerWithFixedDelay(new Command.Start(), Duration.ofMillis(1));
            return Behaviors.receiveMessage(message -> {
                number.update(value -> value + 1);
                if (number.get() == 3) {
                    timers.cancelAll();
                }
                return Behaviors.same();
            });
        })));
        for (String seen = viewer.seen.receiveMessage(); !seen.equals("3"); seen = viewer.seen.receiveMessage()) {
            assertThat(seen).isIn("0", "1", "2");
        }
    }

    /** Adds up what it is told once it is open; before that, it keeps it. */
    private static Behavior<Command> adder(ActorRef<Do> viewer, int start) {
        return Mirroring.setup((context, mirroring) -> Behaviors.withStash(100, stash -> {
            Canonical<Integer> sum = mirroring.canonical("sum", start);
            sum.connect(viewer, NUMBER);
            Behavior<Command> open = Behaviors.receive(Command.class)
                    .onMessage(Command.Add.class, add -> {
                        sum.update(value -> value + add.number());
                        return Behaviors.same();
                    })
                    .onMessage(Command.Fail.class, fail -> {
                        throw new Blunder();
                    })
                    .build();
            return Behaviors.receive(Command.class)
                    .onMessage(Command.Open.class, message -> stash.unstashAll(open))
                    .onAnyMessage(message -> {
                        stash.stash(message);
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    @Test
    void stash_isReplayedInOneTurn() {
        ActorRef<Command> adder = kit.spawn(adder(viewer.ref, 1));
        viewer.seen.expectMessage("1");
        for (int i = 0; i < 10; i++) {
            adder.tell(new Command.Add(1));
        }
        adder.tell(new Command.Open());
        viewer.seen.expectMessage("11");
        adder.tell(new Command.Add(1));
        viewer.seen.expectMessage("12");
    }

    @Test
    void m7_failureWhileUnstashing_undoesTheTurnAndTheActorStaysSetUp() {
        ActorRef<Command> adder = kit.spawn(Behaviors.supervise(adder(viewer.ref, 1))
                .onFailure(SupervisorStrategy.resume().withLoggingEnabled(false)));
        viewer.seen.expectMessage("1");
        adder.tell(new Command.Add(10));
        adder.tell(new Command.Fail());
        adder.tell(new Command.Open());
        adder.tell(new Command.Add(100));
        viewer.seen.expectMessage("101");
    }

    @Test
    void failureWhileUnstashing_withARestart_initializesMirrorsAgain() {
        ActorRef<Command> adder = kit.spawn(Behaviors.supervise(adder(viewer.ref, 1))
                .onFailure(SupervisorStrategy.restart().withLoggingEnabled(false)));
        viewer.seen.expectMessage("1");
        adder.tell(new Command.Open());
        adder.tell(new Command.Add(10));
        viewer.seen.expectMessage("11");
        adder.tell(new Command.Fail());
        viewer.seen.expectMessage("1");
        adder.tell(new Command.Fail());
        adder.tell(new Command.Open());
        viewer.seen.expectMessage("1");
        adder.tell(new Command.Open());
        adder.tell(new Command.Add(5));
        viewer.seen.expectMessage("6");
    }

    @Test
    void askAndAdaptersAndPipeToSelf_arriveInTurns() {
        ActorRef<ActorRef<String>> answerer = kit.spawn(Behaviors.receiveMessage(replyTo -> {
            replyTo.tell("answer");
            return Behaviors.same();
        }));
        kit.spawn(Mirroring.<Command>setup((context, mirroring) -> {
            Canonical<String> text = mirroring.canonical("text", "a");
            text.connect(viewer.ref, Puppet.TEXT);
            context.ask(
                    String.class,
                    answerer,
                    Duration.ofSeconds(10),
                    (ActorRef<String> replyTo) -> replyTo,
                    (answer, failure) -> new Command.Answer("asked " + answer));
            context.pipeToSelf(
                    CompletableFuture.completedFuture("piped"), (value, failure) -> new Command.Answer("" + value));
            context.messageAdapter(Integer.class, number -> new Command.Answer("adapted " + number))
                    .tell(5);
            return Behaviors.receive(Command.class)
                    .onMessage(Command.Answer.class, answer -> {
                        told.ref().tell(text.get() + answer.text());
                        text.update(value -> value + "b");
                        return Behaviors.same();
                    })
                    .build();
        }));
        assertThat(told.receiveSeveralMessages(3).stream()
                        .map(seen -> seen.replaceAll("^ab*", ""))
                        .toList())
                .containsExactlyInAnyOrder("asked answer", "piped", "adapted 5");
    }

    @Test
    void receiveTimeout_isNotPutOffByUpdates() {
        Owner owner = new Owner(kit);
        MirrorKey<Command, Integer> key = MirrorKey.create("number");
        AtomicBoolean isIdle = new AtomicBoolean();
        ActorRef<Command> waiting = kit.spawn(Mirroring.setup((context, mirroring) -> {
            Mirror<Integer> number = mirroring.mirror(key, -1);
            context.setReceiveTimeout(Duration.ofMillis(200), new Command.Idle());
            return Behaviors.receive(Command.class)
                    .onMessage(Command.Idle.class, idle -> {
                        told.ref().tell("idle at " + number.get());
                        isIdle.set(true);
                        return Behaviors.stopped();
                    })
                    .build();
        }));
        owner.turn(scope -> owner.number().connect(waiting, key));
        int[] value = {0};
        Kits.await("time-out", () -> {
            owner.set(++value[0]);
            return isIdle.get();
        });
        assertThat(told.receiveMessage()).startsWith("idle at ");
    }

    @Test
    void watchAndWatchWith_tellOfWhoIsMirroredAndWhoMirrors() {
        Owner owner = new Owner(kit);
        MirrorKey<Command, Integer> key = MirrorKey.create("number");
        ActorRef<Command> watcher = kit.spawn(Mirroring.setup((context, mirroring) -> {
            Canonical<Integer> own = mirroring.canonical("own", 5);
            own.connect(viewer.ref, NUMBER);
            mirroring.mirror(key, -1);
            context.watchWith(owner.ref, new Command.Gone());
            context.watch(viewer.ref);
            return Behaviors.receive(Command.class)
                    .onMessage(Command.Gone.class, gone -> {
                        told.ref().tell("gone");
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, terminated -> {
                        own.set(6);
                        told.ref().tell("terminated " + own.mirrors().count());
                        return Behaviors.same();
                    })
                    .build();
        }));
        viewer.seen.expectMessage("5");
        owner.turn(scope -> owner.number().connect(watcher, key));
        kit.stop(owner.ref);
        told.expectMessage("gone");
        kit.stop(viewer.ref);
        assertThat(told.receiveMessage()).startsWith("terminated ");
    }

    @Test
    void childThatFails_isASignalInATurn() {
        ActorRef<Do> parent = kit.spawn(Puppet.create(scope -> {}, (scope, signal) -> {
            if (signal instanceof ChildFailed failed) {
                scope.mirroring()
                        .canonical("failure", String.valueOf(failed.getCause().getMessage()))
                        .connect(viewer.ref, Puppet.TEXT);
            }
        }));
        turn(parent, scope -> {
            ActorRef<Do> child = scope.context().spawn(Puppet.create(), "child");
            scope.context().watch(child);
            child.tell(new Do(inner -> {
                throw new Blunder();
            }));
        });
        viewer.seen.expectMessage("-1on purpose NEVER_CONNECTED");
    }

    @Test
    void supervisionOfAGroup_isAroundTheSetup() throws Exception {
        var group = Groups.get(kit.system())
                .openTab()
                .openDocument("https://www.example.org/")
                .docGroup();
        group.superviseActors(SupervisorStrategy.resume().withLoggingEnabled(false));
        Canonical<?>[] number = new Canonical<?>[1];
        ActorRef<Do> owner = group.spawn(
                        Puppet.create(scope -> {
                            Canonical<Integer> made = scope.mirroring().canonical("number", 1);
                            made.connect(viewer.ref, NUMBER);
                            number[0] = made;
                        }),
                        "owner",
                        TaskCategory.OTHER)
                .toCompletableFuture()
                .get();
        viewer.seen.expectMessage("1");
        turn(owner, scope -> {
            @SuppressWarnings("unchecked")
            Canonical<Integer> known = (Canonical<Integer>) number[0];
            known.set(2);
            throw new Blunder();
        });
        assertThat(Puppet.<Object>ask(owner, scope -> number[0].get())).isEqualTo(1);
    }

    @Test
    void postStop_isATurn() {
        ActorRef<Do> stopping = kit.spawn(Puppet.create(scope -> {}, (scope, signal) -> {
            if (signal == PostStop.instance()) {
                scope.mirroring().tell(told.ref(), "stopped");
            }
        }));
        kit.stop(stopping);
        told.expectMessage("stopped");
    }

    @Test
    void behaviorThatChanges_staysSetUp() {
        ActorRef<Command> changing = kit.spawn(Mirroring.setup((context, mirroring) -> {
            Canonical<Integer> number = mirroring.canonical("number", 0);
            number.connect(viewer.ref, NUMBER);
            return counting(number, 1);
        }));
        viewer.seen.expectMessage("0");
        for (int i = 1; i <= 3; i++) {
            changing.tell(new Command.Start());
            viewer.seen.expectMessage(i + "");
        }
    }

    private static Behavior<Command> counting(Canonical<Integer> number, int next) {
        return Behaviors.receiveMessage(message -> {
            number.set(next);
            return Behaviors.setup(context -> counting(number, next + 1));
        });
    }
}
