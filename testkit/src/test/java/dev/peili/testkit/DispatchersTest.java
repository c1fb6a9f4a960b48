package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything of an actor system runs on the thread of the test, whatever it was configured to run on. */
final class DispatchersTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
            pinned { type = PinnedDispatcher, executor = thread-pool-executor }
            fork-join { executor = fork-join-executor }
            "quoted.name" { type = Dispatcher, executor = thread-pool-executor, throughput = 5 }
            """);

    private final Simulator simulator = Simulator.create(CONFIG);

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Behavior<String> threadTo(List<Thread> threads) {
        return Behaviors.receiveMessage(message -> {
            threads.add(Thread.currentThread());
            return Behaviors.same();
        });
    }

    @Test
    void everyDispatcher_runsOnTheThreadOfTheTest() {
        List<Props> props = List.of(
                DispatcherSelector.defaultDispatcher(),
                DispatcherSelector.blocking(),
                DispatcherSelector.sameAsParent(),
                DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"),
                DispatcherSelector.fromConfig("peili.dispatcher"),
                DispatcherSelector.fromConfig("pinned"),
                DispatcherSelector.fromConfig("fork-join"),
                DispatcherSelector.fromConfig("\"quoted.name\""),
                MailboxSelector.bounded(10));
        simulator
                .search(1, 10, simulation -> {
                    List<Thread> threads = new ArrayList<>();
                    for (int i = 0; i < props.size(); i++) {
                        simulation
                                .spawn(threadTo(threads), "actor-" + i, props.get(i))
                                .tell("run");
                    }
                    simulation.runUntilIdle();
                    assertThat(threads).hasSameSizeAs(props).containsOnly(Thread.currentThread());
                })
                .orThrow();
    }

    @Test
    void noThreadIsLeft_bySimulators() {
        for (int i = 0; i < 5; i++) {
            try (Simulator another = Simulator.create()) {
                another.run(1, simulation -> simulation.runFor(Duration.ofSeconds(1)));
            }
        }
        Set<String> names = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("simulation"))
                .collect(Collectors.toSet());
        assertThat(names).allMatch(name -> name.equals("simulation-watch"));
    }

    @Test
    void plainProbe_isReadAfterARun() {
        simulator
                .search(1, 10, simulation -> {
                    TestProbe<String> probe = TestProbe.create(simulation.system());
                    ActorRef<String> forwarding = simulation.spawn(
                            Behaviors.<String>receiveMessage(message -> {
                                probe.ref().tell(message);
                                return Behaviors.same();
                            }),
                            "forwarding");
                    forwarding.tell("hello");
                    simulation.runUntilIdle();
                    probe.expectMessage("hello");
                })
                .orThrow();
    }

    @Test
    void behaviorTestKit_worksBeside() {
        simulator.run(1, simulation -> {
            BehaviorTestKit<String> kit = BehaviorTestKit.create(Behaviors.<String>stopped());
            assertThat(kit.isAlive()).isFalse();
        });
    }
}
