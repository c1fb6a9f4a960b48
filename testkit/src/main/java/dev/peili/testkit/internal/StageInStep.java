package dev.peili.testkit.internal;

import dev.peili.actors.internal.dispatch.TurnGuest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What {@link ScalaStages} makes the superclass of the stages that Pekko's Java API returns: callbacks that are added within
 * a simulation become steps of it, and go to the JDK's pool of threads elsewhere, as ever.
 */
public class StageInStep<T> extends CompletableFuture<T> {
    /** Called by Scala. */
    public StageInStep() {}

    @Override
    public Executor defaultExecutor() {
        return TurnGuest.current() instanceof Engine engine ? engine::execute : super.defaultExecutor();
    }
}
