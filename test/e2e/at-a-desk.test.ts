import { atADesk } from './support/devices.ts'
import { describePurchases } from './support/scenarios.ts'

describePurchases(atADesk, 'inside')
