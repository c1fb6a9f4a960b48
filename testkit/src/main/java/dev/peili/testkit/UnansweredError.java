package dev.peili.testkit;

import java.util.List;

/**
 * Nothing can run any more, and still there are actors that wait for the answer to an ask. Where they wait for each other it
 * is a deadlock.
 */
public final class UnansweredError extends AssertionError {
    private static final long serialVersionUID = 1L;

    UnansweredError(List<String> waiting) {
        super("idle, but these still wait for an answer: " + String.join("; ", waiting)
                + ". If the test is to answer, let it do so, or run with runReady().");
    }
}
