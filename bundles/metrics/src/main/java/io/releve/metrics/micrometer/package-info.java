/** Figures for Prometheus by Micrometer, from what INFO says. */
package io.releve.metrics.micrometer;
