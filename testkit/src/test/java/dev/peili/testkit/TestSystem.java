package dev.peili.testkit;

import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** Systems whose schedules can be had again. Between them they have all kinds of steps. */
enum TestSystem {
    /** Plain actors that send to each other. */
    MESSAGES {
        @Override
        void run(Simulation simulation) {
            List<ActorRef<Hops>> actors = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                actors.add(simulation.spawn(hop(), "actor-" + i));
            }
            for (ActorRef<Hops> actor : actors) {
                actor.tell(new Hops(5, actors));
            }
            simulation.runUntilIdle();
        }
    },

    /** Actors that end, and many who watch each: Pekko keeps these in a hash set of refs. */
    DEATH_WATCH {
        @Override
        void run(Simulation simulation) {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            ActorRef<String> mortal = simulation.spawn(
                    Behaviors.<String>setup(context -> {
                        for (int i = 0; i < 3; i++) {
                            context.spawn(Behaviors.<String>receiveMessage(m -> Behaviors.stopped()), "child-" + i);
                        }
                        return Behaviors.receiveMessage(message -> Behaviors.stopped());
                    }),
                    "mortal");
            for (int i = 0; i < 12; i++) {
                simulation.spawn(watcher(mortal, probe.ref()), "watcher-" + i);
            }
            simulation.runUntilIdle();
            mortal.tell("stop");
            probe.receiveSeveralMessages(12);
        }
    },

    /** Asks, answers that come late, time-outs, and futures on several dispatchers. */
    ASKS {
        @Override
        void run(Simulation simulation) {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            ActorRef<Question> answering = simulation.spawn(answering(), "answering");
            for (int i = 0; i < 4; i++) {
                String name = "asking-" + i;
                AskPattern.ask(
                                answering,
                                (ActorRef<String> replyTo) -> new Question(name, replyTo),
                                Duration.ofMillis(20),
                                simulation.system().scheduler())
                        .whenComplete((answer, failure) -> probe.ref().tell(name + " " + answer));
            }
            CompletableFuture<Void> computed = CompletableFuture.supplyAsync(
                            () -> "computed", simulation.system().dispatchers().lookup(DispatcherSelector.blocking()))
                    .thenAcceptAsync(
                            value -> probe.ref().tell(value),
                            simulation.system().executionContext());
            probe.receiveSeveralMessages(5);
            if (!computed.isDone()) {
                throw new AssertionError("the future is not done, though it has told the probe");
            }
        }
    },

    /** Timers that are due at the same time. */
    TIMERS {
        @Override
        void run(Simulation simulation) {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            for (int i = 1; i <= 3; i++) {
                Duration period = Duration.ofMillis(i);
                simulation.spawn(
                        Behaviors.<String>withTimers(timers -> {
                            timers.startTimerAtFixedRate("tick", period);
                            return Behaviors.receive((context, message) -> {
                                probe.ref().tell(context.getSelf().path().name());
                                return Behaviors.same();
                            });
                        }),
                        "timer-" + i);
            }
            simulation.runFor(Duration.ofMillis(12));
        }
    },

    /** Tasks and actors of groups, checkpoints, visibility, and groups that end. */
    GROUPS {
        @Override
        void run(Simulation simulation) {
            Groups groups = Groups.get(simulation.system());
            List<Tab> tabs = List.of(groups.openTab(), groups.openTab(), groups.openTab());
            List<ActorRef<Hops>> actors = new ArrayList<>();
            for (Tab tab : tabs) {
                for (String site : List.of("https://a.example/", "https://b.example/")) {
                    Document document = tab.openDocument(site);
                    String name = "actor-" + actors.size();
                    actors.add(simulation.spawn(hop(), name, document.docGroup().props(TaskCategory.WORKER)));
                    for (int i = 0; i < 3; i++) {
                        document.dispatch("task-" + i, TaskCategory.OTHER, () -> {
                            Turn.checkpoint();
                            Turn.checkpoint();
                        });
                    }
                }
            }
            tabs.get(0).setVisible(true);
            actors.forEach(actor -> actor.tell(new Hops(3, actors)));
            groups.root().dispatch("root", TaskCategory.OTHER, () -> tabs.get(1).setVisible(true));
            groups.root()
                    .schedule(
                            "end",
                            TaskCategory.OTHER,
                            Duration.ofMillis(1),
                            () -> tabs.get(2).close());
            simulation.runFor(Duration.ofMillis(1));
        }
    },

    /** An extension that is started by the first schedule, and its actor goes on to send in the others. */
    LATE_EXTENSION {
        @Override
        void run(Simulation simulation) {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            for (int i = 0; i < 4; i++) {
                simulation
                        .spawn(
                                Behaviors.<String>receiveMessage(message -> {
                                    probe.ref().tell(message);
                                    return Behaviors.same();
                                }),
                                "forwarding-" + i)
                        .tell("forwarded");
            }
            ActorRef<Runnable> late = LateExtension.of(simulation.system());
            for (int i = 0; i < 4; i++) {
                String number = String.valueOf(i);
                late.tell(() -> probe.ref().tell(number));
            }
            List<String> told = probe.receiveSeveralMessages(8);
            if (!told.stream().filter(text -> text.length() == 1).toList().equals(List.of("0", "1", "2", "3"))) {
                throw new AssertionError("one sender's messages are out of order: " + told);
            }
        }
    },

    /** An extension with an actor of its own. */
    RECEPTIONIST {
        @Override
        void run(Simulation simulation) {
            ServiceKey<Hops> key = ServiceKey.create(Hops.class, "hop");
            SimulatedProbe<Receptionist.Listing> probe = simulation.createProbe(Receptionist.Listing.class);
            simulation.system().receptionist().tell(Receptionist.subscribe(key, probe.ref()));
            for (int i = 0; i < 4; i++) {
                ActorRef<Hops> actor = simulation.spawn(hop(), "actor-" + i);
                simulation.system().receptionist().tell(Receptionist.register(key, actor));
            }
            simulation.runUntilIdle();
        }
    };

    abstract void run(Simulation simulation);

    /** So many more messages are sent, each to the next of these. */
    record Hops(int left, List<ActorRef<Hops>> to) {}

    record Question(String name, ActorRef<String> replyTo) {}

    private static Behavior<Hops> hop() {
        return Behaviors.receiveMessage(hops -> {
            if (hops.left() > 0) {
                ActorRef<Hops> next = hops.to().get(hops.left() % hops.to().size());
                next.tell(new Hops(hops.left() - 1, hops.to()));
            }
            return Behaviors.same();
        });
    }

    private static Behavior<String> watcher(ActorRef<String> mortal, ActorRef<String> probe) {
        return Behaviors.setup(context -> {
            context.watch(mortal);
            return Behaviors.receive(String.class)
                    .onSignal(Terminated.class, ended -> {
                        probe.tell(context.getSelf().path().name());
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static Behavior<Question> answering() {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.receiveMessage(question -> {
            if (question.replyTo() != null && question.name().endsWith("1")) {
                timers.startSingleTimer(new Question("again", question.replyTo()), Duration.ofMillis(10));
            } else if (!question.name().endsWith("2")) {
                question.replyTo().tell("answer");
            }
            return Behaviors.same();
        })));
    }
}
