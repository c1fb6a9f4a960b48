package dev.peili.actors;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ActorSystem system;
    private final Set<GroupCore> cores;
    private final Set<GroupCore> waiting = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Done> done = new CompletableFuture<>();
    private volatile boolean begun;

    private GroupsShutdown(ActorSystem system, Set<GroupCore> cores) {
        this.system = system;
        this.cores = cores;
    }

    /** @param cores the groups that have not ended, always as they are */
    static GroupsShutdown register(ActorSystem system, Set<GroupCore> cores) {
        GroupsShutdown shutdown = new GroupsShutdown(system, cores);
        CoordinatedShutdown.get(system).addTask(PHASE, "peili-groups", shutdown::begin);
        return shutdown;
    }

    private CompletionStage<Done> begin() {
        waiting.addAll(cores);
        begun = true;
        Duration phase =
                Duration.ofNanos(CoordinatedShutdown.get(system).timeout(PHASE).toNanos());
        system.scheduler().scheduleOnce(phase.multipliedBy(3).dividedBy(4), this::dropTheRest, AT_ONCE);
        for (GroupCore core : Set.copyOf(waiting)) {
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
        waiting.forEach(GroupCore::drop);
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
