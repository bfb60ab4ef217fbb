/**
 * The article's two machines as network namespaces on one machine, to break and to measure. Needs root, ip(8), nsenter(1).
 */
package io.releve.lab;
