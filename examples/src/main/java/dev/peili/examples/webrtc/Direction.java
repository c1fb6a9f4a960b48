package dev.peili.examples.webrtc;

/** Which way the media of a call flows; some of those that WebRTC knows. */
enum Direction {
    INACTIVE,
    SENDONLY,
    SENDRECV
}
