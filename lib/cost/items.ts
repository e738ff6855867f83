import type { PriceKind } from './prices/table';
import { times, exactly, type Range } from './range';

/** Hours of a month: 365 days by twelve. */
export const HOURS = 730;

/** One line of a bill. */
export interface CostItem {
  /** What its price is of: whose source and day it has. */
  readonly kind: PriceKind;
  /** What it is for. */
  readonly what: string;
  /** How many of what, at which price. */
  readonly detail: string;
  /** What it costs a month. */
  readonly monthly: Range;
}

/** The items of an estimate as they come together. */
export class CostItems {
  public readonly items: CostItem[] = [];
  public readonly unknown: string[] = [];

  /** Adds what is paid by the hour. */
  public add(kind: PriceKind, what: string, detail: string, count: Range, hourly: number): void {
    this.addMonthly(kind, what, detail, count, hourly * HOURS);
  }

  /** Adds what is paid by the month. */
  public addMonthly(kind: PriceKind, what: string, detail: string, count: Range, monthly: number): void {
    this.items.push({ kind, what, detail, monthly: times(count, exactly(monthly)) });
  }

  /** Says that something is there whose price nobody knows. */
  public addUnknown(what: string): void {
    if (!this.unknown.includes(what)) this.unknown.push(what);
  }
}
