package dev.peili.examples.webrtc;

/**
 * A DTMF tone is to be sent.
 *
 * @param key of the telephone
 * @param negotiation the last one before
 */
record Tone(char key, long negotiation) {}
