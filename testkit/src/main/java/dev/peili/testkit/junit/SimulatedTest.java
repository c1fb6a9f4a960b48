package dev.peili.testkit.junit;

import dev.peili.testkit.Simulation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run with many schedules of a simulated actor system, and fails with the first that fails. It has a
 * parameter of type {@link Simulation}.
 *
 * <pre>{@code
 * @SimulatedTest(schedules = 10_000)
 * void subscriber_seesEveryChange(Simulation simulation) {
 *     ActorRef<Cache.Command> cache = simulation.spawn(Cache.create(), "cache");
 *     ...
 * }
 * }</pre>
 *
 * <p>The system property {@code peili.seed} has every such test run the schedule of that seed only; it is best given
 * together with the name of one test. {@code peili.simulation.schedules} and {@code peili.simulation.seconds} replace what
 * the annotations say, for a longer search.
 *
 * <p>All schedules of a test share its instance and one actor system, and methods like those with {@code @BeforeEach} are
 * called once for all: what a schedule needs, the method itself has to make.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(SimulationExtension.class)
public @interface SimulatedTest {
    /** How many schedules are run at most, at least 1. */
    int schedules() default 1_000;

    /** How many seconds they may take; a schedule that has begun is run to its end. At least 1 schedule is always run. */
    int seconds() default 5;

    /** The seed of the first schedule; each of the others has the next larger one. */
    long seed() default 1;

    /** Settings of the actor system, in the syntax of {@code application.conf}, which holds for all others. */
    String config() default "";
}
