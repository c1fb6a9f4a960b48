package dev.peili.testkit;

import java.io.Serializable;
import java.time.Duration;

/**
 * One step of a schedule: a message of one actor, a task, a callback, or a timer that fired.
 *
 * @param number 1 for the first of the schedule
 * @param time the virtual time since the schedule began
 * @param group the group whose turn it was, or ""
 * @param actor the path of the actor without {@code /user/}; of a timer, who started it; "(task)" or "(callback)"
 * @param from who sent the message, or ""
 * @param what the class of the message, the name of the task, or what kind of step it was
 * @param depth how many turns it ran on top of, each of them at a checkpoint
 */
public record TraceStep(long number, Duration time, String group, String actor, String from, String what, int depth)
        implements Serializable {}
