package dev.peili.examples.desk;

/**
 * One value that the desk publishes.
 *
 * @param turn the turn of the desk in which it was published
 * @param amount cents or shares
 */
record Figure(long turn, long amount) {}
