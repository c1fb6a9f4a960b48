package dev.peili.testkit;

/** What a test does in each schedule: it makes actors, acts, lets the simulation run, and asserts. */
@FunctionalInterface
public interface ScheduleBody {
    /** Called once for each schedule, with a simulation that is valid until this returns. */
    void run(Simulation simulation) throws Exception;
}
