package dev.peili.examples.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The frames of a log, and which is within which. It has to know the whole log: the request for a document comes before
 * anything else about its frame.
 */
final class FrameTree {
    private final Set<String> known = new HashSet<>();
    private final Set<String> tabs = new HashSet<>();
    private final Set<String> framesOfOtherProcesses = new HashSet<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> likelyParents = new HashMap<>();
    private final Map<String, String> frameOfSession = new HashMap<>();

    /** Takes note of what an event tells; events come in the order of the log. */
    void add(LogEvent event) {
        if (event instanceof LogEvent.FrameAttached attached) {
            within(attached.frame(), attached.parent());
        } else if (event instanceof LogEvent.FrameNavigated navigated) {
            known.add(navigated.frame());
            navigated.parent().ifPresentOrElse(parent -> within(navigated.frame(), parent), () -> outermost(navigated));
        } else if (event instanceof LogEvent.TargetAttached target) {
            attached(target);
        } else if (event instanceof LogEvent.RequestSent request) {
            request.frame().ifPresent(frame -> guess(frame, request.session()));
        }
    }

    private void within(String frame, String parent) {
        known.add(frame);
        known.add(parent);
        parents.put(frame, parent);
    }

    /** The outermost frame of a session: a tab, or a frame of another process where the parent is not named. */
    private void outermost(LogEvent.FrameNavigated navigated) {
        tabs.add(navigated.frame());
        navigated.session().ifPresent(session -> frameOfSession.put(session, navigated.frame()));
    }

    private void attached(LogEvent.TargetAttached target) {
        known.add(target.frame());
        target.ownSession().ifPresent(session -> frameOfSession.put(session, target.frame()));
        target.parent().ifPresent(parent -> within(target.frame(), parent));
        if (target.tab()) {
            tabs.add(target.frame());
        } else {
            framesOfOtherProcesses.add(target.frame());
            guess(target.frame(), target.session());
        }
    }

    /**
     * What is told of a frame in another one's session is within that one. Its parent is that one or another frame of the
     * session; those are of one site, but for blank ones, which have the site of their creator.
     */
    private void guess(String frame, Optional<String> session) {
        session.map(frameOfSession::get)
                .filter(outermost -> !outermost.equals(frame))
                .ifPresent(outermost -> likelyParents.putIfAbsent(frame, outermost));
    }

    /** Whether the log tells what the frame is within, or that it is a tab. */
    boolean isKnown(String frame) {
        return known.contains(frame) || likelyParents.containsKey(frame);
    }

    /** The frame around this one; empty for a tab. */
    Optional<String> parentOf(String frame) {
        boolean tab = tabs.contains(frame) && !framesOfOtherProcesses.contains(frame);
        return Optional.ofNullable(parents.get(frame))
                .or(() -> tab ? Optional.empty() : Optional.ofNullable(likelyParents.get(frame)));
    }

    /** The frames around this one, the nearest first. */
    List<String> above(String frame) {
        Set<String> above = new LinkedHashSet<>();
        Optional<String> up = parentOf(frame);
        // A damaged log may hold a circle.
        while (up.isPresent() && above.add(up.get())) {
            up = parentOf(up.get());
        }
        return List.copyOf(above);
    }

    /** The outermost frame around this one, or itself. */
    String tabOf(String frame) {
        List<String> above = above(frame);
        return above.isEmpty() ? frame : above.get(above.size() - 1);
    }
}
