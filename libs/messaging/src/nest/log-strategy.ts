import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { Consumer, type ConsumerOptions } from '../consumer/consumer.js';
import type { Delivery, RegisteredHandler } from '../consumer/delivery.js';
import { HandlerRegistryError } from '../errors.js';
import { logTransport, type OnEventExtras } from './on-event.js';

/**
 * A log as Nest's transport: collects the `@OnEvent` handlers of one group from all controllers and runs a `Consumer` with them.
 * Nest's own Kafka transport handles message by message, parses by guess and loses the error's class.
 */
export class LogStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  /** Failures reach the consumer, which reports them; Nest need not. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly registered: RegisteredHandler[] = [];
  private consumer: Consumer | undefined;

  constructor(private readonly options: Omit<ConsumerOptions, 'handlers'>) {
    super();
    this.transportId = logTransport(options.group);
  }

  override addHandler(
    type: string,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (!isOnEvent(extras))
      throw new HandlerRegistryError(`the handler of ${type} in ${this.options.group} is not marked with @OnEvent`);
    const definition = extras.definitions.find((each) => each.type === type);
    if (definition === undefined) throw new HandlerRegistryError(`${extras.handlerName} has no contract for ${type}`);
    const handle = async (delivery: Delivery) => {
      await lastValueFrom(this.transformToObservable(await callback(delivery)), { defaultValue: undefined });
    };
    this.registered.push({ name: extras.handlerName, definition, handle });
    super.addHandler(type, callback, isEventHandler, extras);
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.consumer = new Consumer({ ...this.options, handlers: this.registered });
      this.consumer.start();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await this.consumer?.stop();
  }

  on(): void {
    // The log reports by metrics and readiness; it has no events of its own.
  }

  unwrap<Wrapped>(): Wrapped {
    return this.consumer as Wrapped;
  }
}

function isOnEvent(extras: Record<string, unknown>): extras is Record<string, unknown> & OnEventExtras {
  return typeof extras['handlerName'] === 'string' && Array.isArray(extras['definitions']);
}
