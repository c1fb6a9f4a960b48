package dev.peili.actors;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;
import scala.concurrent.ExecutionContext;

/**
 * Lets what is queued come to its end before the actor system does: a task of {@link CoordinatedShutdown}, in the last
 * phase before the actors are stopped. All groups are closed; what they have accepted runs. What has not started when most
 * of the phase's time is over becomes dead letters, and so does at once what waits in a suspended group.
 */
final class GroupsShutdown {
    private static final String PHASE = CoordinatedShutdown.PhaseBeforeActorSystemTerminate();
    private static final ExecutionContext AT_ONCE = ExecutionContext.fromExecutor(Runnable::run);

    private final Supplier<List<GroupCore>> cores;
    private final Set<GroupCore> waiting = Collections.synchronizedSet(new LinkedHashSet<>());
    private final CompletableFuture<Done> done = new CompletableFuture<>();
    private volatile boolean begun;

    /** @param cores the groups that have not ended, always as they are */
    GroupsShutdown(Supplier<List<GroupCore>> cores) {
        this.cores = cores;
    }

    /** Adds the task to the actor system, which asks for what has to be shut down when it is time. */
    static void register(ActorSystem system, Supplier<GroupsShutdown> shutdown) {
        CoordinatedShutdown.get(system)
                .addTask(PHASE, "peili-groups", () -> shutdown.get().begin(system));
    }

    private CompletionStage<Done> begin(ActorSystem system) {
        List<GroupCore> all = cores.get();
        waiting.addAll(all);
        begun = true;
        Duration phase =
                Duration.ofNanos(CoordinatedShutdown.get(system).timeout(PHASE).toNanos());
        system.scheduler().scheduleOnce(phase.multipliedBy(3).dividedBy(4), this::dropTheRest, AT_ONCE);
        for (GroupCore core : all) {
            if (core.snapshot().suspended()) {
                core.drop();
            } else {
                core.close();
            }
            if (core.isDrained()) {
                waiting.remove(core);
            }
        }
        completeIfDone();
        return done;
    }

    private void dropTheRest() {
        List<GroupCore> rest;
        synchronized (waiting) {
            rest = List.copyOf(waiting);
        }
        rest.forEach(GroupCore::drop);
        done.complete(Done.getInstance());
    }

    /** All that the group accepted has run or was dropped; false if nobody waits for that here. */
    boolean drained(GroupCore core) {
        if (begun) {
            waiting.remove(core);
            completeIfDone();
        }
        return begun;
    }

    private void completeIfDone() {
        if (waiting.isEmpty()) {
            done.complete(Done.getInstance());
        }
    }
}
