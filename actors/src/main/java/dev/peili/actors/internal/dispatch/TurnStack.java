package dev.peili.actors.internal.dispatch;

import java.util.List;
import java.util.stream.Stream;

/** The part of a worker's stack that tells something: what its innermost turn does, from the user's code upwards. */
final class TurnStack {
    private static final String START_CLASS = Worker.class.getName();
    private static final String START_METHOD = "runSafely";
    private static final List<String> LIBRARIES =
            List.of("org.apache.pekko.", "scala.", "dev.peili.actors.", "dev.peili.mirroring.", "dev.peili.ipc.");

    private TurnStack() {}

    /**
     * The frames of the innermost turn, last call first, down to where the user's code begins; if there is none of that in
     * it, down to where the turn begins.
     */
    static List<StackTraceElement> of(StackTraceElement... thread) {
        List<StackTraceElement> turn = Stream.of(thread)
                .takeWhile(frame -> !(frame.getClassName().equals(START_CLASS)
                        && frame.getMethodName().equals(START_METHOD)))
                .filter(frame -> !isHidden(frame))
                .toList();
        for (int i = turn.size() - 1; i >= 0; i--) {
            if (isUsers(turn.get(i))) {
                return turn.subList(0, i + 1);
            }
        }
        return turn;
    }

    /** The user's frame that was entered last; if there is none, what was entered last. */
    static StackTraceElement place(List<StackTraceElement> stack) {
        return stack.stream().filter(TurnStack::isUsers).findFirst().orElseGet(() -> stack.get(0));
    }

    /** Whether the frame is between a lambda or method reference and its caller; its name is another one in each run. */
    private static boolean isHidden(StackTraceElement frame) {
        return frame.getClassName().indexOf('/') >= 0;
    }

    private static boolean isUsers(StackTraceElement frame) {
        String module = frame.getModuleName();
        boolean jdks = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        return !jdks && LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
