package dev.peili.examples.browser;

import dev.peili.actors.TaskCategory;

/** Where the tasks of one group go; callable from any thread, and at once. */
interface TaskTarget {
    void dispatch(String name, TaskCategory category, Runnable task);
}
