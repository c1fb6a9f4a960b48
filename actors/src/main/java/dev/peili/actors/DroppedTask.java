package dev.peili.actors;

/**
 * What becomes of a task that was accepted by a group and could not run any more, because the group was stopped from
 * outside: it is the message of a Pekko dead letter (promise G6).
 *
 * @param name the name it was dispatched with
 * @param category its category
 * @param group its group
 */
public record DroppedTask(String name, TaskCategory category, SchedulerGroup group) {}
