package dev.peili.actors.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * How the actor system wants its threads.
 *
 * @param prefix the beginning of each thread's name
 */
record ThreadTraits(
        String prefix,
        boolean daemonic,
        @Nullable ClassLoader contextClassLoader,
        Thread.UncaughtExceptionHandler exceptionHandler) {

    void apply(Thread thread) {
        thread.setDaemon(daemonic);
        thread.setUncaughtExceptionHandler(exceptionHandler);
        if (contextClassLoader != null) {
            thread.setContextClassLoader(contextClassLoader);
        }
    }
}
