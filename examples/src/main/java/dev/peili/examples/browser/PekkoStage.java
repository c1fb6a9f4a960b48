package dev.peili.examples.browser;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Pekko as it is: for each label of each tab an actor that runs the tasks it is sent, one after the other.
 *
 * <p>That is what a user of Pekko would write, and less than Peili gives: nothing keeps a tab's own tasks and those of its
 * documents apart, and categories mean nothing.
 */
final class PekkoStage implements Stage {
    private static final Behavior<Runnable> RUNNER = Behaviors.receiveMessage(task -> {
        task.run();
        return Behaviors.same();
    });

    private final ActorSystem<SpawnProtocol.Command> system;
    private final String foreground;
    private final String background;

    /** The two are the paths of dispatchers in {@code dispatchers.conf}, for the actors of visible and hidden tabs. */
    PekkoStage(String foreground, String background) {
        this.system = Systems.start(SpawnProtocol.create());
        this.foreground = foreground;
        this.background = background;
    }

    @Override
    public List<TaskTarget> open(Script script, boolean visible) {
        String dispatcher = visible ? foreground : background;
        List<TaskTarget> targets = new ArrayList<>();
        for (int i = 0; i < script.labels().size(); i++) {
            ActorRef<Runnable> runner = spawn(dispatcher);
            targets.add((name, category, task) -> runner.tell(task));
        }
        return targets;
    }

    private ActorRef<Runnable> spawn(String dispatcher) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<Runnable>>ask(
                        system,
                        reply -> new SpawnProtocol.Spawn<>(
                                RUNNER, "group", DispatcherSelector.fromConfig(dispatcher), reply),
                        Systems.PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    @Override
    public List<Group> groups() {
        return List.of();
    }

    /** Nothing that runs on Pekko's dispatchers can be paused. */
    @Override
    public long pauses() {
        return 0;
    }

    @Override
    public void close() {
        Systems.stop(system);
    }
}
